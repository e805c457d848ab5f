package org.noports.atserver.host.enrollment;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.noports.api.AtSign;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreChange.Precondition;
import org.noports.atserver.host.record.AtRecord;
import org.noports.atserver.host.record.Records;
import org.noports.protocol.verb.MetadataChange;
import org.noports.protocol.verb.MetadataField;

/**
 * The codes by which somebody who has no keys may ask for an enrollment: single ones, good once and
 * not for long, and one that the owner sets and that may be used again.
 */
public final class Passcodes {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern FORM = Pattern.compile("\\w{6,128}");

  /** No zero and no letter O: people read codes aloud. */
  private static final String LETTERS = "ABCDEFGHIJKLMNPQRSTUVWXYZ123456789";

  private static final int LENGTH = 6;

  private final AtSign self;
  private final Records records;
  private final EnrollmentNames names;

  public Passcodes(AtSign self, Records records) {
    this.self = requireNonNull(self, "self is null");
    this.records = requireNonNull(records, "records is null");
    this.names = new EnrollmentNames(self);
  }

  /** A fresh code, good once within {@code life}. */
  public CompletionStage<String> issue(Duration life) {
    String code = fresh();
    return put(names.passcode(code), code, life).thenApply(done -> code);
  }

  /** Sets the code that may be used again; good for ever if {@code life} is 0. */
  public CompletionStage<Void> keep(String passcode, Duration life) {
    return put(names.ownPasscode(), passcode, life);
  }

  private CompletionStage<Void> put(String key, String code, Duration life) {
    MetadataChange said =
        life.isZero()
            ? MetadataChange.NONE
            : MetadataChange.NONE.with(MetadataField.TTL, life.toMillis());
    return records.apply(List.of(records.fresh(key, code, said, self))).thenAccept(done -> {});
  }

  private static String fresh() {
    StringBuilder code = new StringBuilder();
    do {
      code.setLength(0);
      for (int i = 0; i < LENGTH; i++) {
        code.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
      }
    } while (code.chars().noneMatch(Character::isDigit));
    return code.toString();
  }

  /**
   * What uses up a code that somebody has shown, so that it goes in the same batch as what it was
   * shown for; empty if it is no code of ours.
   */
  CompletionStage<Optional<List<StoreChange>>> spent(String shown) {
    if (!FORM.matcher(shown).matches()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return records
        .get(names.ownPasscode())
        .thenCompose(
            own ->
                own.filter(kept -> same(kept.value(), shown)).isPresent()
                    ? CompletableFuture.completedFuture(Optional.of(List.of()))
                    : single(shown));
  }

  private CompletionStage<Optional<List<StoreChange>>> single(String shown) {
    String key = names.passcode(shown);
    return key.equals(names.ownPasscode())
        ? CompletableFuture.completedFuture(Optional.empty())
        : records
            .get(key)
            .thenApply(
                found ->
                    found
                        .filter(code -> same(code.value(), shown))
                        .map(code -> List.of(gone(code))));
  }

  private static StoreChange gone(AtRecord code) {
    return new StoreChange.Delete(code.key(), false, new Precondition.Version(code.version()));
  }

  private static boolean same(String ours, String theirs) {
    return MessageDigest.isEqual(
        ours.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8),
        theirs.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
  }
}
