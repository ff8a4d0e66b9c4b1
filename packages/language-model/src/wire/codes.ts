/** `code` of the error that a body ends with which is longer than any answer. */
export const TOO_LARGE = 'ERR_ANSWER_TOO_LARGE';
