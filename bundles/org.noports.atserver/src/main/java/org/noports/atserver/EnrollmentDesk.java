package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.noports.api.AtSign;
import org.noports.api.Secret;
import org.noports.api.atserver.Enrollment;
import org.noports.api.atserver.EnrollmentRequest;
import org.noports.api.atserver.Enrollments;
import org.noports.api.identity.Identity;
import org.noports.api.identity.KeyEnrollment;
import org.noports.api.identity.PostQuantumKeys;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The front door of onboarding and enrollment. It keeps nothing: each call has a connection of its
 * own, which ends with it.
 */
@Component
public final class EnrollmentDesk implements Enrollments {
  private final Surroundings surroundings;
  private final KeyEnrollment keys;
  private final PostQuantumKeys postQuantum;

  @Activate
  public EnrollmentDesk(
      @Reference SharedAtServers sessions,
      @Reference KeyEnrollment keys,
      @Reference PostQuantumKeys postQuantum) {
    this.surroundings = sessions.surroundings();
    this.keys = requireNonNull(keys, "keys is null");
    this.postQuantum = requireNonNull(postQuantum, "postQuantum is null");
  }

  private Counter counter(AtSign atSign) {
    return new Counter(surroundings, atSign);
  }

  @Override
  public CompletionStage<Identity> onboard(AtSign atSign, Secret cramSecret, Path file) {
    return named(new Onboard(counter(atSign), keys).onboard(cramSecret, file));
  }

  @Override
  public CompletionStage<Requested> request(EnrollmentRequest request) {
    return named(new RequestKeys(counter(request.atSign()), keys).request(request));
  }

  @Override
  public CompletionStage<List<Enrollment>> list(AtSign self) {
    return deciding(self, DecideEnrollments::list);
  }

  @Override
  public CompletionStage<Enrollment> approve(AtSign self, String id) {
    return deciding(self, desk -> desk.approve(id));
  }

  @Override
  public CompletionStage<Void> deny(AtSign self, String id) {
    return deciding(self, desk -> desk.deny(id));
  }

  @Override
  public CompletionStage<Void> revoke(AtSign self, String id, boolean force) {
    return deciding(self, desk -> desk.revoke(id, force));
  }

  @Override
  public CompletionStage<Identity> authenticatePostQuantum(AtSign self) {
    return named(new EnrollAuthenticationKey(counter(self), postQuantum).enroll());
  }

  @Override
  public CompletionStage<String> oneTimeCode(AtSign self, Optional<Duration> life) {
    return deciding(self, desk -> desk.oneTimeCode(life));
  }

  @Override
  public CompletionStage<Void> setPasscode(AtSign self, Secret passcode, Optional<Duration> life) {
    byte[] bytes = passcode.exposeSecretBytes();
    String text = new String(bytes, StandardCharsets.UTF_8);
    Arrays.fill(bytes, (byte) 0);
    return deciding(self, desk -> desk.setPasscode(text, life));
  }

  private <T> CompletionStage<T> deciding(
      AtSign self, Function<DecideEnrollments, CompletableFuture<T>> work) {
    Counter counter = counter(self);
    return named(
        counter.authenticated(over -> work.apply(new DecideEnrollments(counter, over, keys))));
  }

  private static <T> CompletableFuture<T> named(CompletableFuture<T> work) {
    return work.exceptionallyCompose(
        failure -> CompletableFuture.failedFuture(Failures.of("atServer", failure)));
  }
}
