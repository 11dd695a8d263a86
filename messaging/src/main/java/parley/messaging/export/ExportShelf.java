package parley.messaging.export;

import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;

/// Port: where archives lie until they are fetched.
public interface ExportShelf {
  /// Where there is no place for any.
  ExportShelf NONE =
      new ExportShelf() {
        @Override
        public boolean isThere() {
          return false;
        }

        @Override
        public List<Export> all() {
          return List.of();
        }

        @Override
        public @Nullable Export of(UserId user) {
          return null;
        }

        @Override
        public void put(Export export) {
          throw new IllegalStateException("there is no place for archives");
        }

        @Override
        public Archive begin(Export export) {
          throw new IllegalStateException("there is no place for archives");
        }

        @Override
        public boolean finish(Export ready) {
          return false;
        }

        @Override
        public void remove(Export export) {
          // There is none.
        }

        @Override
        public void tidy() {
          // There is nothing.
        }

        @Override
        public @Nullable Download archive(Export export) {
          return null;
        }
      };

  boolean isThere();

  /// All that are asked for, under way or there.
  List<Export> all();

  /// The one of this person, null for none.
  @Nullable Export of(UserId user);

  /// Remembers how far it is.
  void put(Export export);

  /// Where its archive is written. Nobody can fetch it yet.
  Archive begin(Export export);

  /// Lets what was written be fetched, and remembers that; false if the export is no longer wanted:
  /// then nothing of it stays.
  boolean finish(Export ready);

  /// Removes it, and its archive.
  void remove(Export export);

  /// Removes what belongs to no export any more.
  void tidy();

  /// What can be fetched, null for nothing.
  @Nullable Download archive(Export export);
}
