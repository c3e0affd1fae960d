package tandem.persistence.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of files, piece by piece. */
final class Checksums {
  private static final int PIECE = 64 * 1024;

  private Checksums() {}

  /** Copies everything, and tells what it was. */
  static MediaStore.Stored copy(InputStream in, OutputStream out) throws IOException {
    MessageDigest digest = digest("SHA-256");
    byte[] piece = new byte[PIECE];
    long size = 0;
    for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
      digest.update(piece, 0, read);
      out.write(piece, 0, read);
      size += read;
    }
    return new MediaStore.Stored(size, HexFormat.of().formatHex(digest.digest()));
  }

  /** A digest that every JDK has. */
  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
