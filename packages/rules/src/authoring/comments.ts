/**
 * The text with blanks where comments stand, so that everything else stays where it is.
 * A rule set with comments is refused; a draft may have them, and whoever edits it must not lose them.
 */
export const withoutComments = (text: string): string =>
  text.replace(
    /("(?:[^"\\]|\\.)*")|\/\/[^\r\n]*|\/\*[^]*?\*\//g,
    (found, quoted: string | undefined) => quoted ?? found.replaceAll(/\S/g, ' '),
  )
