package tandem.persistence.media;

/**
 * A message in a box.
 *
 * @param heard whether somebody said that it was heard
 */
public record Message(MediaItem item, boolean heard) {}
