package parley.browser;

import java.util.List;

/// Where people go with a browser.
interface Visited {
  String url();

  /// The same place by another name, which to a browser is another site.
  String otherUrl();

  /// Places of others that one is sent to from here: where somebody signs in.
  default List<String> others() {
    return List.of();
  }

  /// What they go there with.
  Chromium chromium();
}
