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
        public @Nullable Export at(String place) {
          return null;
        }

        @Override
        public @Nullable Export put(Export export) {
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
        public long forget(UserId user) {
          return 0;
        }

        @Override
        public @Nullable Download archive(Export export, int part) {
          return null;
        }
      };

  boolean isThere();

  /// All that are asked for, under way or there.
  List<Export> all();

  /// The one of this person, null for none.
  @Nullable Export of(UserId user);

  /// The one whose archive lies there, null for none.
  @Nullable Export at(String place);

  /// Remembers how far it is, as it is returned; null if somebody else has gone on with it, or it
  /// is no longer wanted.
  @Nullable Export put(Export export);

  /// Where its next part is written. Nobody can fetch it yet.
  Archive begin(Export export);

  /// Keeps the part that was written, and remembers `next`: lets the archive be fetched if that is
  /// ready. False if the export is no longer wanted: then nothing of it stays.
  boolean finish(Export next);

  /// Removes it, and its archive.
  void remove(Export export);

  /// Removes what belongs to no export any more.
  void tidy();

  /// Removes whatever lies here of this person, as often as it is called; how many archives that
  /// were.
  long forget(UserId user);

  /// What can be fetched, null for nothing. The first part is 1.
  @Nullable Download archive(Export export, int part);
}
