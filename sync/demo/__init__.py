"""A sample office: invented people and visits with the mess that people make, to try the whole job on."""
