package tandem.persistence.media;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;
import tandem.router.domain.TenantId;

/**
 * Recordings, messages and audio files, as people see them. Never blocks; a stage fails when
 * Cassandra or the store does not answer.
 */
public interface MediaLibrary {
  /** The most messages a page can hold. */
  int MAX_PAGE = 200;

  /**
   * A box that has, or had, messages.
   *
   * @param messages in it (count)
   * @param unheard of them (count)
   */
  record Box(String name, int messages, int unheard) {}

  /**
   * A piece of a box, the newest first.
   *
   * @param messages at most as many as asked for
   * @param next where the next page begins, to be given back as it is; null after the last page
   */
  record MessagePage(List<Message> messages, @Nullable String next) {
    public MessagePage {
      messages = List.copyOf(messages);
    }
  }

  /** The stored recordings of a call, in the order they began. */
  CompletionStage<List<MediaItem>> recordings(CallId call);

  /** A stored recording. */
  CompletionStage<Optional<MediaItem>> recording(TenantId tenant, String id);

  /**
   * What a call has said of a recording of this tenant. Calls say it when they connect and when
   * they end.
   */
  CompletionStage<Optional<Terms>> terms(TenantId tenant, String id);

  /** Boxes that have, or had, messages, by name. */
  CompletionStage<List<Box>> boxes(TenantId tenant);

  /**
   * Messages of a box, the newest first; none when nobody has left one.
   *
   * @param cursor {@link MessagePage#next()} of the page before, or null
   * @param limit 1 to {@link #MAX_PAGE}
   * @throws IllegalArgumentException at once when the cursor is not of this list
   */
  CompletionStage<MessagePage> messages(
      TenantId tenant, String box, @Nullable String cursor, int limit);

  CompletionStage<Optional<Message>> message(TenantId tenant, String box, String id);

  /** Notes whether a message was heard; false when it is not there any more. */
  CompletionStage<Boolean> mark(MediaItem message, boolean heard);

  /** Deletes a recording or message, its file first. */
  CompletionStage<Done> delete(MediaItem item);

  /** All versions of all audio files, by name, the newest of each first. */
  CompletionStage<List<AudioFile>> audio(TenantId tenant);

  /** All versions of an audio file, the newest first. */
  CompletionStage<List<AudioFile>> audio(TenantId tenant, String name);

  /**
   * Makes the next version of an audio file.
   *
   * @param file stays where it is
   * @return fails with {@link UnfitAudioException} when a switch could not play it
   */
  CompletionStage<AudioFile> add(TenantId tenant, String name, Path file, String author);

  /** Deletes a version, its row first: switches fetch what has one. */
  CompletionStage<Done> delete(AudioFile file);

  /** Whether a place has a file: the rows and the store are not changed in one step. */
  CompletionStage<Boolean> exists(String place);

  /**
   * A part of a file, read as it is taken.
   *
   * @param from first byte, from 0
   * @param length bytes, at least 1
   */
  Source<ByteString, ?> bytes(String place, long from, long length);

  /**
   * The library in this node's Cassandra and its store.
   *
   * @throws com.typesafe.config.ConfigException naming the setting that is wrong
   */
  static MediaLibrary of(ActorSystem<?> system) {
    return NodeMedia.of(system).library();
  }
}
