/** Hours outside which nobody gets in: a policy bundle with a configuration that changes hot. */
package com.example.hours;
