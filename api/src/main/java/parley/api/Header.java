package parley.api;

import java.util.List;

/// One header line. Names are compared without regard to case.
public record Header(String name, String value) {
  /// Every value under a name, in the order in which they came.
  static List<String> all(List<Header> headers, String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }
}
