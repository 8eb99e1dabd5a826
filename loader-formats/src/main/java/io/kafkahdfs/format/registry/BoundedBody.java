package io.kafkahdfs.format.registry;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Takes an answer's body into memory, and gives up when it is larger than any could be. */
final class BoundedBody implements BodySubscriber<byte[]> {
  private final BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private final long most;
  private Subscription subscription;
  private long bytes;

  BoundedBody(long most) {
    this.most = most;
  }

  /** The answer is larger than it may be. */
  static final class TooLargeException extends IOException {
    TooLargeException(long most) {
      super("more than " + most + " bytes");
    }
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    whole.onSubscribe(given);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      bytes += buffer.remaining();
    }
    if (bytes > most) {
      subscription.cancel();
      body.completeExceptionally(new TooLargeException(most));
    } else {
      whole.onNext(buffers);
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    whole.onComplete();
    whole
        .getBody()
        .whenComplete(
            (all, failure) -> {
              if (failure == null) {
                body.complete(all);
              } else {
                body.completeExceptionally(failure);
              }
            });
  }
}
