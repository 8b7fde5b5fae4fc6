/** The catalogue of problems. */
export type ProblemCode = string;
