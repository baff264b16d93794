declare module 'wawoff2/decompress.js' {
  /** WOFF2 to TrueType or OpenType. */
  function decompress(woff2: Uint8Array): Promise<Uint8Array>;
  export default decompress;
}
