package org.noports.protocol.policy;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.noports.api.DeviceName;
import org.noports.protocol.session.MessageNames;

/**
 * Under which key each message between a device and its policy service travels, without receiver
 * and owner (docs/protocol/noports.md 7). Ids are decimal, as the reference writes them.
 */
public final class RpcNames {
  private static final String DOMAIN = ".auth_checks.__rpcs." + MessageNames.NAMESPACE;
  private static final String REQUEST = "request.";
  private static final String DEVICES = ".devices.policy." + MessageNames.NAMESPACE;
  private static final String CONFIG = "config.";
  private static final String SNAPSHOT = "snapshot.";

  /** Longer than any number that JSON carries unharmed. */
  private static final int MOST_DIGITS = 18;

  private RpcNames() {}

  /**
   * Which answer to which question a key is of.
   *
   * @param type the kind of answer
   * @param id the question's
   */
  public record Answer(RpcResponse.Type type, long id) {
    public Answer {
      requireNonNull(type, "type is null");
    }
  }

  public static String request(long id) {
    return REQUEST + id + DOMAIN;
  }

  public static String response(RpcResponse.Type type, long id) {
    return type.wire() + "." + id + DOMAIN;
  }

  /** The question's id, if this is the key of one. */
  public static OptionalLong ofRequest(String name) {
    Optional<String> rest = before(DOMAIN, name);
    return rest.isPresent() && rest.get().startsWith(REQUEST)
        ? id(rest.get().substring(REQUEST.length()))
        : OptionalLong.empty();
  }

  /** The kind of answer and the question's id, if this is the key of one. */
  public static Optional<Answer> ofResponse(String name) {
    String rest = before(DOMAIN, name).orElse("");
    int dot = rest.indexOf('.');
    OptionalLong id = dot < 0 ? OptionalLong.empty() : id(rest.substring(dot + 1));
    return id.isEmpty()
        ? Optional.empty()
        : RpcResponse.Type.of(rest.substring(0, dot)).map(type -> new Answer(type, id.getAsLong()));
  }

  /** Elects one of several policy services behind one atSign to answer a question. */
  public static String mutex(long id) {
    return id + ".session_mutexes." + MessageNames.NAMESPACE;
  }

  /** The device whose heartbeat this is. */
  public static Optional<DeviceName> ofHeartbeat(String name) {
    return before(DEVICES, name).filter(rest -> rest.indexOf('.') < 0).flatMap(RpcNames::device);
  }

  /** A policy service's answer to a heartbeat. */
  public static String config(DeviceName device) {
    return CONFIG + MessageNames.policyHeartbeat(device);
  }

  /** A snapshot of the rules for a device; ours alone. */
  public static String snapshot(DeviceName device) {
    return SNAPSHOT + MessageNames.policyHeartbeat(device);
  }

  /** The device that a snapshot is sent to. */
  public static Optional<DeviceName> ofSnapshot(String name) {
    return before(DEVICES, name)
        .filter(rest -> rest.startsWith(SNAPSHOT))
        .flatMap(rest -> device(rest.substring(SNAPSHOT.length())));
  }

  private static Optional<DeviceName> device(String text) {
    try {
      return Optional.of(DeviceName.of(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static OptionalLong id(String digits) {
    return digits.matches("[0-9]{1," + MOST_DIGITS + "}")
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }

  private static Optional<String> before(String suffix, String name) {
    String folded = requireNonNull(name, "name is null").toLowerCase(Locale.ROOT);
    return folded.endsWith(suffix) && folded.length() > suffix.length()
        ? Optional.of(folded.substring(0, folded.length() - suffix.length()))
        : Optional.empty();
  }
}
