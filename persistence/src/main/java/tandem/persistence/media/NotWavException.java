package tandem.persistence.media;

import java.io.IOException;

/** A file is no WAV file; the message says why, as a part of a sentence. */
public final class NotWavException extends IOException {
  private static final long serialVersionUID = 1L;

  NotWavException(String message) {
    super(message);
  }
}
