package org.noports.api.atserver;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.noports.api.AtSign;
import org.noports.api.Secret;

/**
 * What a program asks for.
 *
 * @param atSign whose keys
 * @param app the program, as the approver will see it
 * @param device the machine, as the approver will see it
 * @param namespaces what it wants to use, each with {@code r} or {@code rw}; at least one
 * @param code a one-time code, or the owner's passcode
 * @param file where the keys go; it must not exist
 */
public record EnrollmentRequest(
    AtSign atSign,
    String app,
    String device,
    Map<String, String> namespaces,
    Secret code,
    Path file) {
  public EnrollmentRequest {
    requireNonNull(atSign, "atSign is null");
    requireNonNull(app, "app is null");
    requireNonNull(device, "device is null");
    namespaces = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(namespaces));
    requireNonNull(code, "code is null");
    requireNonNull(file, "file is null");
    if (namespaces.isEmpty()) {
      throw new IllegalArgumentException("An enrollment needs at least one namespace");
    }
    namespaces.forEach(EnrollmentRequest::check);
  }

  private static void check(String name, String access) {
    if (!access.equals("r") && !access.equals("rw")) {
      throw new IllegalArgumentException(
          "Access to namespace '" + name + "' is r or rw, not '" + access + "'");
    }
  }

  @Override
  public String toString() {
    return "EnrollmentRequest[" + atSign + " " + app + "/" + device + " " + namespaces + "]";
  }
}
