package dev.flin.test.autoconfigure.shop;

import org.springframework.stereotype.Service;

@Service
public class Mailer {

}
