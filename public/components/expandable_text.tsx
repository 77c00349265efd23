import { useEffect, useState, type FC } from 'react';
import { EuiButtonEmpty, useResizeObserver } from '@elastic/eui';
import { i18n } from '@kbn/i18n';

/** The number of lines that are shown until the user expands the text. */
const LINES = 3;

const TRUNCATED = {
  display: '-webkit-box',
  WebkitBoxOrient: 'vertical',
  WebkitLineClamp: LINES,
  overflow: 'hidden',
} as const;

/**
 * A text that a user entered, such as a comment, with its line breaks. A text of more than three lines is cut and has a
 * "Show more" button.
 */
export const ExpandableText: FC<{ readonly text: string }> = ({ text }) => {
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const { width } = useResizeObserver(element, 'width');
  const [isExpanded, setIsExpanded] = useState(false);
  const [isCut, setIsCut] = useState(false);
  useEffect(() => {
    // An expanded text always has its full height, so whether it fits is measured only while it is cut.
    if (element !== null && !isExpanded) setIsCut(element.scrollHeight > element.clientHeight);
  }, [element, text, width, isExpanded]);
  return (
    <>
      <div
        ref={setElement}
        css={{
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
          ...(isExpanded ? {} : TRUNCATED),
        }}
      >
        {text}
      </div>
      {isCut ? (
        <EuiButtonEmpty
          size="xs"
          flush="left"
          aria-expanded={isExpanded}
          onClick={() => setIsExpanded(!isExpanded)}
        >
          {isExpanded
            ? i18n.translate('sentineloneResponse.text.showLess', { defaultMessage: 'Show less' })
            : i18n.translate('sentineloneResponse.text.showMore', { defaultMessage: 'Show more' })}
        </EuiButtonEmpty>
      ) : null}
    </>
  );
};
