package org.noports.client;

import static org.noports.client.Step.step;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.ProtocolViolation;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.session.Devices.DeviceStatus;
import org.noports.protocol.key.AtKey;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.PingResponse;

/**
 * Lists the devices that told us about themselves, each asked whether it is there
 * (docs/protocol/noports.md 2.8). A device that stays silent is listed with what it said before.
 */
final class ListDevices {
  private static final String PREFIX = MessageNames.DEVICE_INFO + ".";
  private static final String SUFFIX = "." + MessageNames.NAMESPACE;

  private final Neighbours neighbours;
  private final PingDevice ping = new PingDevice();

  ListDevices(Neighbours neighbours) {
    this.neighbours = neighbours;
  }

  CompletionStage<List<DeviceStatus>> list(AtSign self, AtSign owner, Duration within) {
    return step((AtSign x) -> neighbours.atServers())
        .apply(self)
        .thenCompose(atServers -> atServers.session(self))
        .thenCompose(
            post ->
                post.scan(MessageNames.deviceInfoRegex(Optional.empty()))
                    .thenCompose(keys -> all(post, known(keys, owner), within)));
  }

  private static Set<DeviceAddress> known(List<String> keys, AtSign owner) {
    TreeMap<String, DeviceAddress> found = new TreeMap<>();
    for (String key : keys) {
      address(key)
          .filter(device -> device.atSign().equals(owner))
          .ifPresent(device -> found.put(device.toString(), device));
    }
    return Set.copyOf(found.values());
  }

  /** The device that a key is about; empty for a key that is about none. */
  private static Optional<DeviceAddress> address(String text) {
    try {
      AtKey key = AtKey.parse(text);
      if (key.owner().isEmpty()
          || !key.name().startsWith(PREFIX)
          || !key.name().endsWith(SUFFIX)
          || key.name().length() <= PREFIX.length() + SUFFIX.length()) {
        return Optional.empty();
      }
      String name = key.name().substring(PREFIX.length(), key.name().length() - SUFFIX.length());
      return Optional.of(new DeviceAddress(key.owner().get(), new DeviceName(name)));
    } catch (ProtocolViolation | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private CompletionStage<List<DeviceStatus>> all(
      AtServerSession post, Set<DeviceAddress> devices, Duration within) {
    List<CompletableFuture<DeviceStatus>> asked = new ArrayList<>();
    for (DeviceAddress device : devices) {
      asked.add(one(post, device, within));
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done ->
                asked.stream()
                    .map(CompletableFuture::join)
                    .sorted(Comparator.comparing(status -> status.address().toString()))
                    .toList());
  }

  /** Never fails: what goes wrong with one device must not hide the others. */
  private CompletableFuture<DeviceStatus> one(
      AtServerSession post, DeviceAddress device, Duration within) {
    CompletableFuture<Optional<PingResponse>> said =
        post.lookUpShared(MessageNames.deviceInfo(device.name()), device.atSign())
            .thenCompose(step(text -> Optional.of(PingResponse.parse(text))))
            .toCompletableFuture()
            .copy()
            .completeOnTimeout(Optional.empty(), within.toMillis(), TimeUnit.MILLISECONDS)
            .exceptionally(failure -> Optional.empty());
    CompletableFuture<Optional<PingResponse>> says =
        ping.ask(post, device, within)
            .thenCompose(step(answer -> Optional.of(PingResponse.parse(answer.value()))))
            .exceptionally(failure -> Optional.empty());
    return says.thenCombine(said, (now, before) -> status(device, now, before));
  }

  private static DeviceStatus status(
      DeviceAddress device, Optional<PingResponse> now, Optional<PingResponse> before) {
    Optional<PingResponse> best = now.or(() -> before);
    return new DeviceStatus(
        device,
        now.isPresent(),
        best.map(PingResponse::version).orElse(""),
        best.map(PingResponse::allowedServices).orElse(List.of()));
  }
}
