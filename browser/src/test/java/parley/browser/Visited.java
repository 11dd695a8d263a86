package parley.browser;

/// Where people go with a browser.
interface Visited {
  String url();

  /// The same place by another name, which to a browser is another site.
  String otherUrl();

  /// What they go there with.
  Chromium chromium();
}
