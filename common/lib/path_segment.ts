/**
 * Whether an id can stand in a path as a segment of its own, once it is encoded. Browsers resolve `.` and `..`
 * even where they are percent-encoded (WHATWG URL, "dot-segment"), so that the path would lead elsewhere; half of a
 * surrogate pair can't be encoded.
 */
export const isPathSegment = (id: string): boolean =>
  id !== '' && id !== '.' && id !== '..' && !/\p{Cs}/u.test(id);
