/** Beyond this nobody goes to a structure. */
export const porteeKilometres = 100;
/** Least number of posts of each class of the national map. */
export const seuilsDesPostes = [1, 10, 25, 50, 100] as const;
