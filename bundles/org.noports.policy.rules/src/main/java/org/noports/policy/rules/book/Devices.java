package org.noports.policy.rules.book;

import java.util.regex.Pattern;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.policy.rules.question.AskedDevice;

/** Which devices a rule is about. */
public sealed interface Devices {
  /** Whether {@code device} is one of them. */
  boolean has(AskedDevice device);

  /** All. */
  record Any() implements Devices {
    @Override
    public boolean has(AskedDevice device) {
      return true;
    }

    @Override
    public String toString() {
      return Who.ANY;
    }
  }

  /**
   * All that one atSign answers for.
   *
   * @param atSign the devices' atSign
   */
  record Of(AtSign atSign) implements Devices {
    @Override
    public boolean has(AskedDevice device) {
      return device.address().atSign().equals(atSign);
    }

    @Override
    public String toString() {
      return atSign.name();
    }
  }

  /**
   * One.
   *
   * @param address which
   */
  record Exactly(DeviceAddress address) implements Devices {
    @Override
    public boolean has(AskedDevice device) {
      return device.address().equals(address);
    }

    @Override
    public String toString() {
      return address.toString();
    }
  }

  /**
   * All that say of themselves that they are in a group.
   *
   * @param group as their configurations call it
   */
  record InGroup(String group) implements Devices {
    @Override
    public boolean has(AskedDevice device) {
      return device.group().equals(group);
    }

    @Override
    public String toString() {
      return Who.GROUP + group;
    }
  }

  /** What is between a device's name and its atSign. */
  Pattern ADDRESS = Pattern.compile("([^@]+)(@.+)");

  /** Reads {@code dev1@device}. */
  static DeviceAddress address(String text) {
    var parts = ADDRESS.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no device: expected a name and its atSign, for example dev1@device");
    }
    return new DeviceAddress(AtSign.of(parts.group(2)), DeviceName.of(parts.group(1)));
  }

  /**
   * Reads {@code @device}, {@code dev1@device}, {@code group:NAME} or {@code *}.
   *
   * @throws IllegalArgumentException with a full sentence, if it is none
   */
  static Devices of(String text) {
    if (text.equals(Who.ANY)) {
      return new Any();
    }
    if (text.startsWith(Who.GROUP)) {
      return new InGroup(Names.group(text.substring(Who.GROUP.length())));
    }
    return text.startsWith("@") ? new Of(AtSign.of(text)) : new Exactly(address(text));
  }
}
