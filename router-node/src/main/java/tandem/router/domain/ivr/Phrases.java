package tandem.router.domain.ivr;

import java.util.List;

/**
 * What is played in a row, once for each language.
 *
 * @param versions the first is for callers of other languages; none when nothing is played
 */
public record Phrases(List<Version> versions) {
  public static final Phrases NONE = new Phrases(List.of());

  public Phrases {
    versions = List.copyOf(versions);
  }

  /**
   * The same in one language.
   *
   * @param language as BCP 47 names it
   */
  public record Version(String language, List<Phrase> phrases) {
    public Version {
      phrases = List.copyOf(phrases);
    }
  }

  public boolean isEmpty() {
    return versions.isEmpty();
  }
}
