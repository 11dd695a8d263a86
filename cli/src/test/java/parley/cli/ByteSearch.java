package parley.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Looks for texts as bytes in every file under some folders, in their names, and in what is packed
/// in them.
final class ByteSearch {
  private final Collection<String> wanted;
  private final Set<String> found = new TreeSet<>();

  private ByteSearch(Collection<String> wanted) {
    this.wanted = wanted;
  }

  /// Which of these texts, of ASCII alone, are where: a line each.
  static Set<String> of(Collection<String> wanted, Path... places) throws IOException {
    ByteSearch search = new ByteSearch(wanted);
    for (Path place : places) {
      try (Stream<Path> files = Files.walk(place)) {
        for (Path file : files.toList()) {
          search.name(file);
          if (Files.isRegularFile(file)) {
            search.bytes(file.toString(), Files.readAllBytes(file));
          }
        }
      }
    }
    return search.found;
  }

  /// The same texts without where they are.
  static Set<String> texts(Collection<String> wanted, Path... places) throws IOException {
    Set<String> there = new TreeSet<>();
    of(wanted, places).forEach(line -> there.add(line.substring(0, line.indexOf("  in "))));
    return there;
  }

  private void name(Path file) {
    look(file + ", its name", String.valueOf(file.getFileName()));
  }

  private void look(String where, String in) {
    for (String text : wanted) {
      if (in.contains(text)) {
        found.add(text + "  in " + where);
      }
    }
  }

  private void bytes(String where, byte[] bytes) throws IOException {
    look(where, new String(bytes, StandardCharsets.ISO_8859_1));
    if (begins(bytes, 0x1f, 0x8b)) {
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
        bytes(where + ", unpacked", in.readAllBytes());
      }
    } else if (begins(bytes, 'P', 'K')) {
      try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bytes))) {
        for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
          look(where, entry.getName());
          bytes(where + ", " + entry.getName(), in.readAllBytes());
        }
      }
    }
  }

  private static boolean begins(byte[] bytes, int... with) {
    return bytes.length > with.length
        && List.of(bytes[0] & 0xff, bytes[1] & 0xff).equals(List.of(with[0], with[1]));
  }
}
