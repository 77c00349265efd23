/**
 * Whether an id, once encoded, can be a segment of a URL path. Browsers resolve `.` and `..` even if they are
 * percent-encoded (WHATWG URL, "dot-segment"), which changes the path; half of a surrogate pair can't be encoded.
 */
export const isPathSegment = (id: string): boolean =>
  id !== '' && id !== '.' && id !== '..' && !/\p{Cs}/u.test(id);
