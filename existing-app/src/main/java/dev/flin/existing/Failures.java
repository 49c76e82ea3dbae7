package dev.flin.existing;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What the application answers to failures of any of its controllers. */
@RestControllerAdvice
class Failures {

	@ExceptionHandler
	ProblemDetail unsupported(UnsupportedOperationException failure) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, String.valueOf(failure.getMessage()));
	}

}
