package parley.api;

import java.util.ArrayList;
import java.util.List;

/// What browsers are told of every page and file of the client, whoever serves it: what it may do,
/// which is little.
///
/// Nothing inline runs, nothing comes from elsewhere, nothing goes elsewhere, no other page holds
/// this one in a frame or a window, and text cannot become script: the one policy for addresses of
/// scripts is that of the service worker.
public final class PageHeaders {
  static final String CONTENT_SECURITY_POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "connect-src 'self'",
          "img-src 'self'",
          "font-src 'self'",
          "manifest-src 'self'",
          "worker-src 'self'",
          "frame-ancestors 'none'",
          "base-uri 'none'",
          "form-action 'self'",
          "require-trusted-types-for 'script'",
          "trusted-types parley");

  /// To use https alone from now on.
  static final Header TRANSPORT_SECURITY =
      new Header("Strict-Transport-Security", "max-age=" + Bounds.TRANSPORT_SECURITY_SECONDS);

  /// `Cache-Control` of a file whose name changes with its content.
  public static final String FOREVER = "public, max-age=31536000, immutable";

  /// `Cache-Control` of every other file.
  public static final String ASK_EACH_TIME = "no-cache";

  private static final String PERMISSIONS =
      "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(),"
          + " magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(),"
          + " xr-spatial-tracking=()";

  private PageHeaders() {}

  /// Those of pages that browsers come by over https.
  public static List<Header> overHttps() {
    return of(List.of(TRANSPORT_SECURITY));
  }

  /// `secure` is what browsers are told of https, nothing where they do not come by it.
  public static List<Header> of(List<Header> secure) {
    List<Header> headers = new ArrayList<>(secure);
    headers.add(new Header("Content-Security-Policy", CONTENT_SECURITY_POLICY));
    headers.add(new Header("X-Content-Type-Options", "nosniff"));
    headers.add(new Header("X-Frame-Options", "DENY"));
    headers.add(new Header("Referrer-Policy", "same-origin"));
    headers.add(new Header("Permissions-Policy", PERMISSIONS));
    headers.add(new Header("Cross-Origin-Opener-Policy", "same-origin"));
    headers.add(new Header("Cross-Origin-Resource-Policy", "same-origin"));
    return List.copyOf(headers);
  }
}
