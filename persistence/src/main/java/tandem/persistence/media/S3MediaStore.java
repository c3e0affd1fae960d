package tandem.persistence.media;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Files in a bucket of Amazon S3, or of anything that speaks its protocol (MinIO, Ceph, R2, …). The
 * bucket is made by whoever runs the store.
 */
public final class S3MediaStore implements MediaStore {
  private static final int NOT_FOUND = 404;

  private final S3Client client;
  private final MediaSettings.S3 settings;

  /** A store by its settings; nothing is asked of it yet. */
  public S3MediaStore(MediaSettings.S3 settings) {
    this.settings = settings;
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials(settings))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(settings.connectWithin())
                    .socketTimeout(settings.answerWithin()))
            // Only where S3 demands them: others do not know the newer checksums.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(
                S3Configuration.builder()
                    .pathStyleAccessEnabled(settings.pathStyle())
                    .chunkedEncodingEnabled(false)
                    .build());
    if (!settings.endpoint().isEmpty()) {
      builder.endpointOverride(URI.create(settings.endpoint()));
    }
    this.client = builder.build();
  }

  private static AwsCredentialsProvider credentials(MediaSettings.S3 settings) {
    return settings.accessKey().isEmpty()
        ? DefaultCredentialsProvider.builder().build()
        : StaticCredentialsProvider.create(
            AwsBasicCredentials.create(settings.accessKey(), settings.secretKey()));
  }

  @Override
  public Stored put(String place, Path file) throws IOException {
    String key = key(place);
    // The one checksum that every S3 looks at: what arrives otherwise is refused. The one we keep
    // goes along, for whoever finds the file without our tables.
    MessageDigest md5 = Checksums.digest("MD5");
    Stored stored;
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), md5)) {
      stored = Checksums.copy(in, OutputStream.nullOutputStream());
    }
    String contentMd5 = Base64.getEncoder().encodeToString(md5.digest());
    try {
      client.putObject(
          request ->
              request
                  .bucket(settings.bucket())
                  .key(key)
                  .contentType(MediaItem.MEDIA_TYPE)
                  .contentLength(stored.size())
                  .contentMD5(contentMd5)
                  .metadata(Map.of("sha256", stored.checksum())),
          RequestBody.fromFile(file));
    } catch (SdkException e) {
      throw failed("cannot store", place, e);
    }
    return stored;
  }

  @Override
  public InputStream open(String place, long from, long length) throws IOException {
    String key = key(place);
    try {
      ResponseInputStream<GetObjectResponse> in =
          client.getObject(
              request ->
                  request
                      .bucket(settings.bucket())
                      .key(key)
                      .range("bytes=" + from + '-' + (from + length - 1)));
      return new Part(new Dropped(in), length);
    } catch (NoSuchKeyException e) {
      throw (IOException) new NoSuchFileException(place).initCause(e);
    } catch (SdkException e) {
      throw failed("cannot read", place, e);
    }
  }

  @Override
  public boolean exists(String place) throws IOException {
    String key = key(place);
    try {
      client.headObject(request -> request.bucket(settings.bucket()).key(key));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return false;
      }
      throw failed("cannot look for", place, e);
    } catch (SdkException e) {
      throw failed("cannot look for", place, e);
    }
  }

  @Override
  public void delete(String place) throws IOException {
    String key = key(place);
    try {
      client.deleteObject(request -> request.bucket(settings.bucket()).key(key));
    } catch (NoSuchKeyException e) {
      // As good as deleted; S3 itself does not even say so.
      return;
    } catch (SdkException e) {
      throw failed("cannot delete", place, e);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private String key(String place) {
    return settings.prefix() + Places.require(place);
  }

  private IOException failed(String what, String place, SdkException e) {
    return new IOException(
        "S3 bucket " + settings.bucket() + ": " + what + ' ' + place + ": " + e.getMessage(), e);
  }

  /** Ends the connection when it is closed early, instead of reading the rest of the file. */
  private static final class Dropped extends FilterInputStream {
    private final ResponseInputStream<GetObjectResponse> response;

    Dropped(ResponseInputStream<GetObjectResponse> response) {
      super(response);
      this.response = response;
    }

    @Override
    public void close() {
      response.abort();
    }
  }
}
