/** Recordings, messages and audio files: where they lie, and what is known of each. */
@NullMarked
package tandem.persistence.media;

import org.jspecify.annotations.NullMarked;
