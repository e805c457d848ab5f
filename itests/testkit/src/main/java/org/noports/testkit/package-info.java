/** What tests of several modules share. */
package org.noports.testkit;
