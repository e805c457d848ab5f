package org.noports.api.health;

import org.osgi.annotation.versioning.ConsumerType;

/** One part's view of itself. Register it as a service; {@code noports:health} shows all. */
@ConsumerType
public interface HealthCheck {
  /** Which part: its bundle's symbolic name, with an instance's name behind a slash. */
  String component();

  /** How it is now. Answers at once, from what is known already. */
  Health check();
}
