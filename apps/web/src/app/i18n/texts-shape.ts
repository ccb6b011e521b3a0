type Plurals<T> = { readonly [K in keyof T as K extends `${infer Base}_other` ? `${Base}_one` : never]: string };

/** What a translation must look like: every key of the Chinese texts, plus an `_one` beside each `_other`. */
export type TextsLike<T> = { readonly [K in keyof T]: T[K] extends string ? string : TextsLike<T[K]> } & Plurals<T>;
