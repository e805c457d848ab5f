package org.noports.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Several things under way of which one is enough. */
final class FirstOf {
  private FirstOf() {}

  /** Completes with the first success; fails as the first in the list does, once all have. */
  static <T> CompletableFuture<T> them(List<CompletableFuture<T>> all) {
    CompletableFuture<T> result = new CompletableFuture<>();
    all.forEach(each -> each.thenAccept(result::complete));
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .whenComplete(
            (done, failure) ->
                all.get(0)
                    .whenComplete(
                        (value, first) -> {
                          if (first != null) {
                            result.completeExceptionally(Step.cause(first));
                          }
                        }));
    return result;
  }
}
