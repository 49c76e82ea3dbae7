package dev.flin.test.autoconfigure.shop;

import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class Shop {

}
