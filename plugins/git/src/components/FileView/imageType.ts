const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
};

/** The media type of a file that a browser can show as a picture. @internal */
export function imageType(name: string): string | undefined {
  return TYPES[
    name.slice(name.lastIndexOf('.') + 1).toLocaleLowerCase('en-US')
  ];
}
