package org.noports.shell;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.session.ClientDefaults;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * The services that are here now, asked for at each use: a command must neither vanish with a
 * bundle nor hold one.
 */
record Here(BundleContext context) {
  /** The service, or an error that names the feature which brings it. */
  <T> T require(Class<T> type, String feature) throws ConfigurationInvalid {
    return find(type)
        .orElseThrow(
            () ->
                new ConfigurationInvalid(
                    "Nothing here offers "
                        + type.getSimpleName()
                        + ": it comes with the feature "
                        + feature
                        + " (feature:install "
                        + feature
                        + ") and, where it needs one, its configuration file in etc/"));
  }

  /** The highest-ranked service of that type. */
  <T> Optional<T> find(Class<T> type) {
    return Optional.ofNullable(context.getServiceReference(type)).map(context::getService);
  }

  /** All services of that type. */
  <T> List<T> all(Class<T> type) {
    try {
      Collection<ServiceReference<T>> references = context.getServiceReferences(type, null);
      return references.stream().map(context::getService).filter(Objects::nonNull).toList();
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("No filter is no invalid filter", e);
    }
  }

  /** The atSign that asks: the one named, or the configured default. */
  AtSign from(String named) throws ConfigurationInvalid {
    if (named != null) {
      return AtSign.of(named);
    }
    return find(ClientDefaults.class)
        .flatMap(ClientDefaults::from)
        .orElseThrow(
            () ->
                new ConfigurationInvalid(
                    "Who are you? Name your atSign with --from, or set 'from' in"
                        + " etc/org.noports.client.cfg"));
  }

  /**
   * The relays that would do: the one named, or the configured default, or all that are known; at
   * least one.
   */
  List<AtSign> relays(String named) throws ConfigurationInvalid {
    if (named != null) {
      return List.of(AtSign.of(named));
    }
    return find(ClientDefaults.class)
        .map(defaults -> defaults.relay().map(List::of).orElseGet(defaults::relays))
        .filter(known -> !known.isEmpty())
        .orElseThrow(
            () ->
                new ConfigurationInvalid(
                    "Through which relay? Name it with --relay, or set 'relay' or 'relays' in"
                        + " etc/org.noports.client.cfg"));
  }
}
