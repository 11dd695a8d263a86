package parley.store;

import java.io.OutputStream;
import java.util.Arrays;

/// Cuts what is written into pieces, and hands each on as soon as it is there; the last one, which
/// may be shorter, when this is closed.
final class Pieces extends OutputStream {
  private final Each each;
  private final byte[] piece = new byte[ArchiveTable.PIECE_BYTES];
  private int filled;
  private int number;

  /// Takes piece `number`, the first being 1.
  @FunctionalInterface
  interface Each {
    void piece(int number, byte[] bytes);
  }

  Pieces(Each each) {
    this.each = each;
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    int at = from;
    int left = length;
    while (left > 0) {
      int some = Math.min(left, piece.length - filled);
      System.arraycopy(bytes, at, piece, filled, some);
      filled += some;
      at += some;
      left -= some;
      if (filled == piece.length) {
        hand();
      }
    }
  }

  private void hand() {
    number++;
    each.piece(number, Arrays.copyOf(piece, filled));
    filled = 0;
  }

  /// A second time does nothing.
  @Override
  public void close() {
    if (filled > 0) {
      hand();
    }
  }
}
