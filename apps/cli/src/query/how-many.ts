/** Passages that are shown where no model is asked, and that a model is given with a question. */
export const SHOWN = 5;
export const GIVEN = 8;
