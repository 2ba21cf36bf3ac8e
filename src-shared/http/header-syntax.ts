/** A method, or the name of a header (RFC 9110 §5.6.2). */
export const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/**
 * What a value that we write may not hold (RFC 9110 §5.5): a line break in it would begin another header, or another
 * message.
 */
export const notInValue = /[^\t\u0020-\u007e\u0080-\u00ff]/;
