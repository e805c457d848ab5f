package org.noports.device;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.Target;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Circumstances;
import org.noports.api.policy.Observed;
import org.noports.api.policy.PermitListen;
import org.noports.api.policy.PermitOpen;
import org.noports.api.policy.RequestKind;
import org.noports.api.policy.Requirement;
import org.noports.protocol.np2.PresentSuites;

/**
 * One device as configured.
 *
 * @param address its atSign and name
 * @param group the group that policies may name it by
 * @param tags what else policies may know it by
 * @param tellRefusals whether clients that the policy knows are told which rule refuses them
 * @param permitOpen where anybody may go through it, whatever the policy says
 * @param permitListen where it may listen for its clients
 * @param relayTransport the name of the transport that dials relays
 * @param hide whether it keeps from telling its managers that it is there
 * @param allowInsecureL0 whether clients without twin keys are served
 * @param policyTimeout after which an undecided request is denied
 * @param maxSessionsPerClient how many sessions one client atSign may have at once
 * @param np2 whether NP2 is agreed to
 * @param pinClients whether a client that comes with another key than before is refused
 * @param require what sessions have to be against quantum computers
 * @param requireEvaluators whose absence refuses, by the names of evaluators
 * @param requireAudit whether sessions are refused while no event can be kept
 * @param observers the relays whose word on where a client is counts
 * @param userName the account that it tells its managers
 */
record DeviceSettings(
    DeviceAddress address,
    String group,
    Set<String> tags,
    boolean tellRefusals,
    List<PermitOpen> permitOpen,
    List<PermitListen> permitListen,
    String relayTransport,
    boolean hide,
    boolean allowInsecureL0,
    Duration policyTimeout,
    int maxSessionsPerClient,
    boolean np2,
    boolean pinClients,
    Requirement require,
    Set<String> requireEvaluators,
    boolean requireAudit,
    Set<AtSign> observers,
    String userName) {
  DeviceSettings {
    requireNonNull(address, "address is null");
    requireNonNull(group, "group is null");
    tags = Set.copyOf(tags);
    permitOpen = List.copyOf(permitOpen);
    permitListen = List.copyOf(permitListen);
    requireNonNull(relayTransport, "relayTransport is null");
    requireNonNull(policyTimeout, "policyTimeout is null");
    requireNonNull(require, "require is null");
    requireEvaluators = Set.copyOf(requireEvaluators);
    observers = Set.copyOf(observers);
    requireNonNull(userName, "userName is null");
  }

  /** Reads the configuration; the error says what would do. */
  static DeviceSettings of(Device.Config config) throws ConfigurationInvalid {
    try {
      String user =
          config.userName().isBlank() ? System.getProperty("user.name") : config.userName();
      return new DeviceSettings(
          new DeviceAddress(AtSign.of(config.atSign()), DeviceName.of(config.name())),
          config.group().trim(),
          words(config.tags()),
          config.tellRefusals(),
          PermitOpen.listOf(config.permitOpen()),
          PermitListen.listOf(config.permitListen()),
          config.relayTransport().trim(),
          config.hide(),
          config.allowInsecureL0(),
          within(config.policyTimeoutSeconds()),
          sessions(config.maxSessionsPerClient()),
          config.np2(),
          config.pinClients(),
          Requirement.of(config.require()),
          words(config.requireEvaluators()),
          config.requireAudit(),
          observers(config.observers()),
          user);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationInvalid(
          "org.noports.device (" + config.name() + "): " + e.getMessage(), e);
    }
  }

  private static Set<String> words(String commaList) {
    return Arrays.stream(commaList.split(","))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<AtSign> observers(String commaList) {
    return words(commaList).stream().map(AtSign::of).collect(Collectors.toUnmodifiableSet());
  }

  private static Duration within(int seconds) {
    if (seconds < 1 || seconds > 60) {
      throw new IllegalArgumentException(
          "policyTimeoutSeconds = " + seconds + " is not between 1 and 60");
    }
    return Duration.ofSeconds(seconds);
  }

  private static int sessions(int number) {
    if (number < 1 || number > 10_000) {
      throw new IllegalArgumentException(
          "maxSessionsPerClient = " + number + " is not between 1 and 10000");
    }
    return number;
  }

  /**
   * A question to the policy, as of now. Where a client is can be told once there is a session: a
   * ping comes before one, and nothing else that has none does.
   */
  AccessRequest asks(AtSign client, RequestKind kind, Optional<Target> target) {
    boolean before = kind == RequestKind.PING && !observers.isEmpty();
    Circumstances around =
        Circumstances.at(Instant.now())
            .tagged(tags)
            .seen(before ? Observed.PENDING : Observed.NOTHING);
    return new AccessRequest(client, address, group, kind, target, around);
  }

  DeviceName name() {
    return address.name();
  }

  /** Whether this device does NP2 now: it may, and has a suite. Clients learn it by its answers. */
  boolean doesNp2(CipherCatalogue ciphers) {
    return np2 && !PresentSuites.of(ciphers).suites().isEmpty();
  }
}
