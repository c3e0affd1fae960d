package tandem.router.guide;

import java.util.Optional;

/** Understands some of the sentences of {@code expect} blocks. */
interface Speaker {
  /** What is true of a sentence; empty when the sentence is not for this one. */
  Optional<Answer> answer(String said);
}
