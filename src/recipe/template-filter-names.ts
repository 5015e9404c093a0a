/**
 * The filters of the template library, but for those that read an expression from a text (`where_exp` …) and the one
 * that depends on chance (`sample`). A list of its own, so that checking a recipe need not load the library; a test
 * keeps the two equal.
 */
export const filterNames: ReadonlySet<string> = new Set(
  `abs append array_to_sentence_string at_least at_most base64_decode base64_encode capitalize ceil cgi_escape compact
  concat date date_to_long_string date_to_rfc822 date_to_string date_to_xmlschema default divided_by downcase escape
  escape_once find find_index first floor group_by has hmac_sha256 inspect join json jsonify last lstrip map minus
  modulo newline_to_br normalize_whitespace number_of_words plus pop prepend push raw reject remove remove_first
  remove_last replace replace_first replace_last reverse round rstrip sha256 shift size slice slugify sort sort_natural
  split squish strip strip_html strip_newlines sum times to_integer truncate truncatewords uniq unshift upcase
  uri_escape url_decode url_encode where xml_escape`.split(/\s+/),
);
