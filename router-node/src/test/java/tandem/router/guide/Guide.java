package tandem.router.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tandem.router.guide.Example.Sentence;

/** The guide, block by block. What it cannot read is an error that names the line. */
public final class Guide {
  /** What the JSON of an example may be. */
  private static final Set<String> KINDS =
      Set.of("plan", "part", "rules", "wait", "queue", "calendar", "wrong");

  private static final Pattern HEADING = Pattern.compile("#+ (.+)");
  private static final Pattern ROW = Pattern.compile("\\|(.+)\\|");
  private static final Pattern BAR = Pattern.compile("(?<!\\\\)\\|");

  private final List<String> lines;
  private final List<Example> examples = new ArrayList<>();
  private String house = "";

  private Guide(List<String> lines) {
    this.lines = lines;
    readExamples();
  }

  public static Guide read(Path path) {
    try {
      return new Guide(Files.readAllLines(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Guide of(String text) {
    return new Guide(text.lines().toList());
  }

  public List<Example> examples() {
    return List.copyOf(examples);
  }

  /** The plan that fragments are put into. */
  public String house() {
    return house;
  }

  public String text() {
    return String.join("\n", lines);
  }

  /** The cells of the table's rows under a heading, without its head. */
  public List<List<String>> table(String heading) {
    List<List<String>> rows = new ArrayList<>();
    boolean here = false;
    for (String line : lines) {
      Matcher title = HEADING.matcher(line);
      if (title.matches()) {
        here = title.group(1).equals(heading);
      }
      Matcher row = ROW.matcher(line.strip());
      if (here && row.matches()) {
        rows.add(BAR.splitAsStream(row.group(1)).map(String::strip).toList());
      }
    }
    if (rows.size() < 3) {
      throw new IllegalArgumentException("there is no table under '" + heading + "'");
    }
    return rows.subList(2, rows.size());
  }

  private void readExamples() {
    String heading = "";
    int i = 0;
    while (i < lines.size()) {
      String line = lines.get(i);
      Matcher title = HEADING.matcher(line);
      if (title.matches()) {
        heading = title.group(1);
      }
      if (!line.startsWith("```")) {
        i++;
        continue;
      }
      int end = end(i);
      String info = line.substring(3).strip();
      if (info.equals("json house")) {
        house = block(i, end);
      } else if (info.startsWith("json")) {
        end = example(heading, info.substring(4).strip(), i, end);
      } else if (info.equals("expect") || info.equals("json next")) {
        throw wrong(i, "belongs to no example");
      }
      i = end + 1;
    }
  }

  /** Reads an example with the blocks that belong to it; where the last of them ends. */
  private int example(String heading, String kind, int start, int end) {
    if (!KINDS.contains(kind)) {
      throw wrong(start, "json must be one of " + KINDS + ", got '" + kind + "'");
    }
    String next = "";
    int last = end;
    int at = following(end);
    if (at < lines.size() && lines.get(at).equals("```json next")) {
      last = end(at);
      next = block(at, last);
      at = following(last);
    }
    if (at >= lines.size() || !lines.get(at).equals("```expect")) {
      throw wrong(start, "the example has no expectations");
    }
    last = end(at);
    List<Sentence> sentences = new ArrayList<>();
    for (int i = at + 1; i < last; i++) {
      sentences.add(Sentence.of(i + 1, lines.get(i)));
    }
    if (sentences.stream().allMatch(sentence -> sentence.expected().isEmpty())) {
      throw wrong(at, "nothing is expected here");
    }
    examples.add(new Example(heading, start + 1, kind, block(start, end), next, sentences));
    return last;
  }

  /** The next line that is not empty. */
  private int following(int end) {
    int at = end + 1;
    while (at < lines.size() && lines.get(at).isBlank()) {
      at++;
    }
    return at;
  }

  private int end(int start) {
    for (int i = start + 1; i < lines.size(); i++) {
      if (lines.get(i).equals("```")) {
        return i;
      }
    }
    throw wrong(start, "the block does not end");
  }

  private String block(int start, int end) {
    return String.join("\n", lines.subList(start + 1, end));
  }

  private static IllegalArgumentException wrong(int index, String message) {
    return new IllegalArgumentException("line " + (index + 1) + ": " + message);
  }
}
