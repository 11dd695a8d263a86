package parley.messaging.account;

import com.nulabinc.zxcvbn.StandardDictionaries;
import com.nulabinc.zxcvbn.matchers.DictionaryLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The passwords that are guessed first, from the lists of zxcvbn: 30,000 leaked ones and the
/// common words of English.
final class CommonPasswords {
  private CommonPasswords() {}

  /// Read when the first password is judged: a process that judges none does not hold them.
  private static final class Loaded {
    static final Set<String> LOWERED =
        List.of(
                StandardDictionaries.PASSWORDS_LOADER,
                StandardDictionaries.ENGLISH_WIKIPEDIA_LOADER,
                StandardDictionaries.US_TV_AND_FILM_LOADER)
            .stream()
            .flatMap(Loaded::words)
            .map(word -> word.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());

    private static Stream<String> words(DictionaryLoader dictionary) {
      try {
        return dictionary.load().getFrequencies().stream();
      } catch (IOException e) {
        throw new UncheckedIOException("the list of common passwords cannot be read", e);
      }
    }
  }

  static boolean contains(String lowered) {
    return Loaded.LOWERED.contains(lowered);
  }

  static Collection<String> all() {
    return Loaded.LOWERED;
  }
}
