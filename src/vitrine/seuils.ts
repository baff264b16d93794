/** Least number of posts of each class of the national map. */
export const seuilsDesPostes = [1, 10, 25, 50, 100] as const;
