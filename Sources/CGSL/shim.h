// What Swift needs to see of the GNU Scientific Library (Debian libgsl-dev 2.7.1).
#ifndef SEATRIAL_CGSL_SHIM_H
#define SEATRIAL_CGSL_SHIM_H

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_qrng.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_gamma.h>

// The library's variables never change, which Swift cannot see.
static inline const gsl_qrng_type *seatrial_qrng_sobol(void) { return gsl_qrng_sobol; }
static inline const gsl_qrng_type *seatrial_qrng_niederreiter(void) {
  return gsl_qrng_niederreiter_2;
}

#endif
