/** SHA-256 of a text's UTF-8 bytes as lower-case hex. The core gets it handed in: it knows no crypto. */
export type Hash = (text: string) => string;
