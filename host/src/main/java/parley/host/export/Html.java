package parley.host.export;

import java.util.List;

/// Pages that open in a browser from a file: they run nothing, and ask nobody for anything.
final class Html {
  private static final String STYLE =
      "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;"
          + "color:#1a1a1a;background:#fff}"
          + "table{border-collapse:collapse;width:100%}"
          + "th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;"
          + "border-bottom:1px solid #ddd;overflow-wrap:anywhere}"
          + "ol{list-style:none;padding:0}li{margin:0 0 1rem}"
          + "p{margin:.2rem 0;white-space:pre-wrap;overflow-wrap:anywhere}"
          + ".own{padding-left:3rem}small{color:#555}"
          + "@media(prefers-color-scheme:dark){body{color:#eee;background:#181818}"
          + "th,td{border-color:#444}small{color:#aaa}a{color:#8cf}}";

  private final StringBuilder text = new StringBuilder();

  Html(String title) {
    text.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
        .append(" style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n")
        .append("<meta name=\"referrer\" content=\"no-referrer\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
        .append(escaped(title))
        .append("</title>\n<style>")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<h1>")
        .append(escaped(title))
        .append("</h1>\n");
  }

  /// What somebody wrote, as text and nothing else.
  static String escaped(String raw) {
    StringBuilder escaped = new StringBuilder(raw.length() + 16);
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  Html heading(String words) {
    text.append("<h2>").append(escaped(words)).append("</h2>\n");
    return this;
  }

  Html paragraph(String words) {
    text.append("<p>").append(escaped(words)).append("</p>\n");
    return this;
  }

  /// A link to another file of the archive.
  Html link(String to, String words) {
    text.append("<p><a href=\"")
        .append(escaped(to))
        .append("\">")
        .append(escaped(words))
        .append("</a></p>\n");
    return this;
  }

  /// Lines of a name and what it says.
  Html lines(List<List<String>> lines) {
    text.append("<table>\n");
    for (List<String> line : lines) {
      text.append("<tr><th scope=\"row\">")
          .append(escaped(line.getFirst()))
          .append("</th><td>")
          .append(escaped(line.getLast()))
          .append("</td></tr>\n");
    }
    text.append("</table>\n");
    return this;
  }

  Html beginMessages() {
    text.append("<ol>\n");
    return this;
  }

  Html message(boolean own, String who, String when, String words) {
    text.append(own ? "<li class=\"own\"><small><b>" : "<li><small><b>")
        .append(escaped(who))
        .append("</b> ")
        .append(escaped(when))
        .append("</small><p>")
        .append(escaped(words))
        .append("</p></li>\n");
    return this;
  }

  Html endMessages() {
    text.append("</ol>\n");
    return this;
  }

  @Override
  public String toString() {
    return text + "</body>\n</html>\n";
  }
}
