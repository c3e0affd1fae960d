package tandem.router.guide;

import java.util.List;

/**
 * One example of the guide.
 *
 * @param heading of the section it stands in
 * @param line where it begins, from 1
 * @param kind what its JSON is: the word behind {@code json} in its fence
 * @param json as it stands there
 * @param next a plan that is published later; empty when there is none
 * @param sentences what is expected of it
 */
public record Example(
    String heading, int line, String kind, String json, String next, List<Sentence> sentences) {
  public Example {
    sentences = List.copyOf(sentences);
  }

  /**
   * One line of an {@code expect} block: {@code said → expected}, or something that is only said.
   *
   * @param expected empty when nothing is
   */
  public record Sentence(int line, String said, String expected) {
    private static final String ARROW = " → ";

    static Sentence of(int line, String text) {
      int arrow = text.indexOf(ARROW);
      return arrow < 0
          ? new Sentence(line, text.strip(), "")
          : new Sentence(
              line,
              text.substring(0, arrow).strip(),
              text.substring(arrow + ARROW.length()).strip());
    }
  }

  public String name() {
    return heading + " (line " + line + ")";
  }
}
