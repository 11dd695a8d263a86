package parley.server.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// One file of the web client, with all that its answers need, made once. Nobody changes its bytes.
final class WebFile {
  /// Files in here have a hash of their content in their names: a name never changes its content.
  static final String HASHED = "/assets/";

  /// Smaller files fit into the packet that goes out anyway.
  private static final int PACKED_FROM_BYTES = 1_024;

  private static final int TAG_CHARS = 32;

  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "webmanifest", "application/manifest+json",
          "json", "application/json",
          "txt", "text/plain; charset=utf-8",
          "woff2", "font/woff2");

  private final String mediaType;
  private final boolean hashed;
  private final String tag;
  private final byte[] plain;
  private final byte @Nullable [] gzip;

  private WebFile(String mediaType, boolean hashed, byte[] plain) {
    this.mediaType = mediaType;
    this.hashed = hashed;
    this.tag = tagOf(plain);
    this.plain = plain;
    this.gzip = packed(plain);
  }

  static WebFile of(String path, byte[] content) {
    String mediaType =
        MEDIA_TYPES.get(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    if (mediaType == null) {
      throw new IllegalStateException(
          path + " is of a kind that no browser was told of: give it a media type here");
    }
    return new WebFile(mediaType, path.startsWith(HASHED), content);
  }

  String mediaType() {
    return mediaType;
  }

  /// Whether a file of this name never has another content.
  boolean isHashed() {
    return hashed;
  }

  /// Tells its content and not its coding, so it is a weak one.
  String tag() {
    return tag;
  }

  byte[] plain() {
    return plain;
  }

  /// Null where packing gains nothing.
  byte @Nullable [] gzip() {
    return gzip;
  }

  private static String tagOf(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return "W/\"" + HexFormat.of().formatHex(hash).substring(0, TAG_CHARS) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte @Nullable [] packed(byte[] content) {
    if (content.length < PACKED_FROM_BYTES) {
      return null;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new Thorough(packed)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.size() < content.length * 0.9 ? packed.toByteArray() : null;
  }

  /// Done once, sent often.
  private static final class Thorough extends GZIPOutputStream {
    Thorough(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
