package tandem.persistence.media;

/** A file that a switch could not play; the message says what it must be instead. */
public final class UnfitAudioException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;

  UnfitAudioException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** What of the file is wrong, such as {@code rate}. */
  public String field() {
    return field;
  }
}
