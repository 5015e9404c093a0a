declare module "heic-convert" {
  interface Conversion {
    readonly buffer: Uint8Array;
    readonly format: "JPEG" | "PNG";
    /** From 0 to 1. */
    readonly quality?: number;
  }
  // The package is written in CommonJS: its one function is the module itself.
  const convert: (conversion: Conversion) => Promise<Uint8Array>;
  // oxlint-disable-next-line import/no-default-export -- a declaration of somebody else's module
  export default convert;
}
