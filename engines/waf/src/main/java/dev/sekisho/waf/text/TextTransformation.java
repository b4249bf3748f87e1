package dev.sekisho.waf.text;

/**
 * WAFv2's text transformations, by its names.
 *
 * <p>AWS does not publish what CMD_LINE_UNIX, CMD_LINE_WIN, JS_DECODE_EXT, REMOVE_COMMENTS_CHAR,
 * REMOVE_WHITESPACE and the trims do beyond their names; they do here what ModSecurity's of the
 * same names do, or what each shell would leave.
 */
public enum TextTransformation {
  NONE,
  BASE64_DECODE,
  BASE64_DECODE_EXT,
  CMD_LINE,
  CMD_LINE_UNIX,
  CMD_LINE_WIN,
  COMPRESS_WHITE_SPACE,
  CSS_DECODE,
  ESCAPE_SEQ_DECODE,
  HEX_DECODE,
  HTML_ENTITY_DECODE,
  JS_DECODE,
  JS_DECODE_EXT,
  LOWERCASE,
  MD5,
  NORMALIZE_PATH,
  NORMALIZE_PATH_WIN,
  REMOVE_COMMENTS_CHAR,
  REMOVE_NULLS,
  REMOVE_WHITESPACE,
  REPLACE_COMMENTS,
  REPLACE_NULLS,
  SHA256,
  SQL_HEX_DECODE,
  TRIM,
  TRIM_LEFT,
  TRIM_RIGHT,
  UPPERCASE,
  URL_DECODE,
  URL_DECODE_UNI,
  UTF8_TO_UNICODE;

  /** The longest that a transformation makes of so many bytes: {@code %uHHHH} of two. */
  public static final int GROWTH = 3;

  /** The length of what the digests answer, whatever they are given, in bytes. */
  public static final int LONGEST_DIGEST = 32;

  /**
   * The value transformed: another array, or the given one when nothing changes.
   *
   * @param value is left as it is
   */
  public byte[] apply(byte[] value) {
    return switch (this) {
      case NONE -> value;
      case BASE64_DECODE -> Base64Text.strict(value);
      case BASE64_DECODE_EXT -> Base64Text.lenient(value);
      case CMD_LINE -> CommandLine.ANY.apply(value);
      case CMD_LINE_UNIX -> CommandLine.UNIX.apply(value);
      case CMD_LINE_WIN -> CommandLine.WINDOWS.apply(value);
      case COMPRESS_WHITE_SPACE -> WhiteSpace.compress(value);
      case CSS_DECODE -> CssEscapes.decode(value);
      case ESCAPE_SEQ_DECODE -> AnsiEscapes.decode(value);
      case HEX_DECODE -> HexText.decode(value);
      case HTML_ENTITY_DECODE -> HtmlEntities.decode(value);
      case JS_DECODE -> JavaScriptEscapes.decode(value, false);
      case JS_DECODE_EXT -> JavaScriptEscapes.decode(value, true);
      case LOWERCASE -> LetterCase.lower(value);
      case MD5 -> Digests.of("MD5", value);
      case NORMALIZE_PATH -> Paths.normalize(value, false);
      case NORMALIZE_PATH_WIN -> Paths.normalize(value, true);
      case REMOVE_COMMENTS_CHAR -> Comments.removeMarks(value);
      case REMOVE_NULLS -> Nulls.remove(value);
      case REMOVE_WHITESPACE -> WhiteSpace.remove(value);
      case REPLACE_COMMENTS -> Comments.replace(value);
      case REPLACE_NULLS -> Nulls.replace(value);
      case SHA256 -> Digests.of("SHA-256", value);
      case SQL_HEX_DECODE -> HexText.decodeSql(value);
      case TRIM -> WhiteSpace.trim(value, true, true);
      case TRIM_LEFT -> WhiteSpace.trim(value, true, false);
      case TRIM_RIGHT -> WhiteSpace.trim(value, false, true);
      case UPPERCASE -> LetterCase.upper(value);
      case URL_DECODE -> UrlEscapes.decode(value, false);
      case URL_DECODE_UNI -> UrlEscapes.decode(value, true);
      case UTF8_TO_UNICODE -> Utf8Text.toUnicode(value);
    };
  }
}
