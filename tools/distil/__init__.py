"""Makes the encoder: fine-tuned teachers, and small networks distilled from them."""
